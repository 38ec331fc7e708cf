UPDATE res_company
   SET sms_smsapi_token = 'dummytoken';
