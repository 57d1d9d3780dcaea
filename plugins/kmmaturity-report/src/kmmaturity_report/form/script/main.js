// The beginning: the controls show what the page was made with, then what this browser kept; then the first step.

import { started } from "./answers.js";
import { restore } from "./keeping.js";
import { replace } from "./sheet.js";
import { begin } from "./steps.js";

replace(started());
restore();
begin();
