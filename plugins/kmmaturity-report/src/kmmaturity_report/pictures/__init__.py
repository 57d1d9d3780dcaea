"""The pictures of a report, drawn as SVG by hand: small ones for the cells of tables, and whole ones as files."""
