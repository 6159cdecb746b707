"""What a clerk would do, one verb a file, one transaction each."""
