// What the page was made with: the model, the rules in words, the shape of a file, and the assessment to begin from.

export const contents = JSON.parse(document.getElementById("contents").textContent);
