// What administrators do at /admin, by what they see.

/** The first user of the server: its administrator, who gives the role to others. */
let first;

/** Signs somebody in who administers the server, at a section. */
export async function administrator({ register, signIn }, name, section = 'overview', options = {}) {
  first ??= await register('first');
  const api = await register(name);
  await first.call('POST', `/api/v1/admin/users/${api.user.user_id}/administrator`, { administrator: true });
  const person = await signIn(api.user.username, options);
  const desk = new Desk(person, api);
  await desk.open(section);
  return desk;
}

/** An administrator at work. */
export class Desk {
  constructor(person, api) {
    this.person = person;
    this.page = person.page;
    /** The same person by the API. */
    this.api = api;
  }

  /** Goes to a section by its address. */
  async open(section, id) {
    await this.page.goto(new URL(['/admin', section, id].filter(Boolean).join('/'), this.page.url()).href);
    await this.page.getByRole('navigation', { name: 'Administration' }).waitFor();
  }

  /** Goes to a section by the list of sections. */
  async choose(name) {
    const sections = this.page.getByRole('navigation', { name: 'Administration' });
    await sections.getByRole('link', { name }).click();
    await this.page.getByRole('heading', { name, level: 1 }).waitFor();
  }

  row(text) {
    return this.page.getByRole('table').getByRole('row').filter({ hasText: text });
  }

  dialog(name) {
    return this.page.getByRole('dialog', { name });
  }

  button(name) {
    return this.page.getByRole('button', { name, exact: true });
  }

  async search(text) {
    await this.page.getByRole('searchbox').fill(text);
  }

  /** Opens what a row is about. */
  async look(text) {
    await this.row(text).getByRole('link').first().click();
  }

  /** Does something with the user whose sheet is open, and says yes to the question, which must name the user. */
  async act(action, question) {
    await this.dialog('User').getByRole('button', { name: action }).click();
    const asked = this.dialog(question);
    await asked.getByRole('button', { name: action }).click();
    await asked.waitFor({ state: 'detached' });
  }
}
