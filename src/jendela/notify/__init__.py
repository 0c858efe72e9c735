"""Messages out. Who wants one sent enqueues the job `notify.send`; this room knows texts, languages and transports."""
