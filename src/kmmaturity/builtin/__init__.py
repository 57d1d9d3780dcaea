"""Our own plug-ins, written as a third party would write them."""
