// A small town of people who talk to each other, for pictures of the app.
import { Api } from './api.mjs';

const PEOPLE = ['mira', 'jonas', 'aiko', 'tomas', 'leila', 'henrik', 'chidi', 'sofia'];
const NAMES = {
  mira: 'Mira Lindqvist',
  jonas: 'Jonas Weber',
  aiko: 'Aiko Tanaka',
  tomas: 'Tomás Rivera',
  leila: 'Leila Haddad',
  henrik: 'Henrik Sørensen',
  chidi: 'Chidi Okafor',
  sofia: 'Sofia Rossi',
};

/** Fills a server; answers whom to sign in as, and where there is something to see. */
export async function fill(server) {
  const town = {};
  for (const username of PEOPLE) {
    const person = await Api.register(server, username);
    await person.call('PATCH', '/api/v1/me', { display_name: NAMES[username] });
    await person.call('PATCH', '/api/v1/me/privacy', { messages: 'anyone' });
    town[username] = person;
  }
  const { mira, jonas, aiko, tomas, leila, henrik, chidi, sofia } = town;
  await mira.call('PATCH', '/api/v1/me', { status_text: 'On the water until Sunday' });
  for (const other of [jonas, aiko, tomas]) {
    await other.call('POST', '/api/v1/contacts', { user_id: mira.user.user_id });
    await mira.call('POST', `/api/v1/contacts/${other.user.user_id}/accept`, {});
  }
  await leila.call('POST', '/api/v1/contacts', {
    user_id: mira.user.user_id,
    note: 'We met at the regatta.',
  });

  const group = await create(mira, 'Harbour crew', [jonas, aiko, tomas, leila]);
  const lines = [
    [jonas, 'Morning all. Wind is 12 knots from the south-west, tide turns at six.'],
    [jonas, 'Perfect for the islands.'],
    [aiko, 'I can bring **coffee** and the small anchor.'],
    [mira, 'Wonderful! I have the charts: https://charts.example.org/archipelago'],
    [tomas, 'Who takes the *second* boat?'],
    [leila, 'Me, if somebody shows me the engine again 😅'],
    [mira, 'I will. Meet at the pier at half past five?'],
    [aiko, '👍'],
    [jonas, 'Half past five it is. Do not forget the lantern.'],
  ];
  for (const [person, text] of lines) await say(person, group, text);
  await mira.call('POST', `/api/v1/conversations/${group}/messages/3/likes`, { emoji: '❤️' });
  for (const person of [jonas, leila])
    await person.call('POST', `/api/v1/conversations/${group}/messages/8/likes`, { emoji: '❤️' });
  await mira.call('POST', `/api/v1/conversations/${group}/messages/8/pin`, {});

  const direct = mira.with(aiko);
  for (const [person, text] of [
    [aiko, 'Did you see the light last night? The whole bay was silver.'],
    [mira, 'I did! I sat on the jetty until two.'],
    [aiko, 'Next time call me.'],
    [mira, 'Promise. Sunday?'],
    [aiko, 'Sunday.'],
  ])
    await say(person, direct, text);

  const book = await create(sofia, 'Book club', [mira, henrik, chidi]);
  await say(sofia, book, 'We are at chapter twelve. No spoilers, please!');
  await say(henrik, book, '||The lighthouse keeper did it||');
  const work = await create(chidi, 'Workshop', [mira, tomas]);
  await say(chidi, work, 'The new sails arrive on Thursday.');
  await say(tomas, mira.with(tomas), 'Thank you for the charts!');
  await say(henrik, mira.with(henrik), 'Are you still selling the dinghy?');
  await say(mira, mira.with(henrik), 'Yes! Come and see it on Saturday.');
  return { ...town, me: 'mira', group, direct, book, work, empty: mira.with(chidi) };
}

async function create(owner, name, members) {
  const input = {
    name,
    member_ids: members.map(({ user }) => user.user_id),
    client_message_id: name.replaceAll(' ', '-'),
  };
  return (await owner.call('POST', '/api/v1/conversations', input)).conversation_id;
}

function say(person, conversation, text) {
  const input = { client_message_id: crypto.randomUUID(), text, format: 'markdown' };
  return person.call('POST', `/api/v1/conversations/${conversation}/messages`, input);
}
