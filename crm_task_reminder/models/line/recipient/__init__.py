from . import phone, project_task
