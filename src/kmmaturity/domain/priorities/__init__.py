"""What could come next, from the model's prerequisites and the team's own judgement.

Import from the modules: `graph` (what rests on what), `steps` (one step, explained) and `suggestions` (which of them).
"""
