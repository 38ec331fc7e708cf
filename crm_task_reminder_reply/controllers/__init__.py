from . import reply_page
