from . import digest_digest, project_task
