"""Nothing is lost when the program is killed, its server stopped, its disk filled, its statements fail."""
