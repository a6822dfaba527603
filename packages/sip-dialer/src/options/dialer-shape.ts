import { absent, isObject, object, type OptionCheck, required, secret, serverUrl, shape, text } from '@org/support';

const notBeside = absent('is not used beside `sip` and `rooms`: leave it out');

const credentials = shape({ url: required(serverUrl), apiKey: required(text), apiSecret: required(secret) });

const clients = shape({
  sip: required(object('a SipClient of livekit-server-sdk', 'createSipParticipant')),
  rooms: required(object('a RoomServiceClient of livekit-server-sdk', 'listParticipants', 'removeParticipant')),
  url: notBeside,
  apiKey: notBeside,
  apiSecret: notBeside,
});

/** The parameter of the constructor: clients, or the credentials for new ones. */
export const dialerOptions: OptionCheck = (value, option) => {
  const hasClients = isObject(value) && ('sip' in value || 'rooms' in value);
  return required(hasClients ? clients : credentials)(value, option);
};
