"""SharePoint Online for kmmaturity, through Microsoft Graph."""
