"""Asking the services that know papers; each returns one :class:`~paperloom.model.metadata.Metadata`."""
