"""Results as people and machines read them: text for the terminal, JSON, Word documents. No fact is added here."""
