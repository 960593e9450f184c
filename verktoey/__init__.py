"""Set-up for people and machines that run the project: embedded servers, the demo runner, the mail sink."""
