"""Nothing is lost: the program is killed, its server stopped, its disk filled, its statements made to fail."""
