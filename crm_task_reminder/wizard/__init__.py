<<<<<<< HEAD
from . import crm_task_reminder_settings
=======
from . import crm_task_reminder_preview
>>>>>>> 9e385fb (Preview a reminder, send a test to oneself, send it now)
