"""Each week as an e-mail: HTML that mail clients show, and the same as plain text."""
