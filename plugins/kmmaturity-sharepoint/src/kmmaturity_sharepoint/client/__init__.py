"""A small typed client of Microsoft Graph, for exactly what this plug-in does there."""
