DELETE FROM sms_smsapi_token;
