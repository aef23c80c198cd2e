"""The contract: after any history, in any surroundings, a build gives what a clean build gives."""
