"""One worker of the kind operation uses; no log of its own."""

import os

workers = 1
accesslog = None
loglevel = "warning"
control_socket_disable = True
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108 -- memory, for the heartbeat only
