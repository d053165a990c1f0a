"""From a document to a file. Nothing here reads rows; what is known beside the words comes as facts."""
