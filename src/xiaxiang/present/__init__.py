"""What each kind of document says: plain data and tables by the names that templates use, or why it is withheld."""
