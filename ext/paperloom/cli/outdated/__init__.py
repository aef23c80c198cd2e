"""What happened to the papers since they were read: new versions, publication, withdrawal, retraction."""
