"""A kit for those who build on kmmaturity: hypothesis strategies, and contracts that a plug-in's tests subclass.

It needs the extra `testing`: `pip install kmmaturity[testing]`.
"""
