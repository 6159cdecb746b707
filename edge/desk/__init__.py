"""What a clerk would do, one verb a module, one transaction each."""
