// What people do in the panel about a chat, by what they see.

export class Panel {
  #person;

  constructor(person) {
    this.#person = person;
  }

  /** Opens the panel of the chat on screen, or finds it open. */
  static async of(person) {
    const panel = new Panel(person);
    if (!(await person.info.isVisible())) await person.openInfo();
    return panel;
  }

  get side() {
    return this.#person.info;
  }

  get page() {
    return this.#person.page;
  }

  /** A row that leads on or does something. Its value follows its label, so the label begins it. */
  row(label) {
    return this.side.getByRole('button', { name: new RegExp(String.raw`^${escaped(label)}(?!\w)`) }).first();
  }

  /** Goes through pages by their rows, from the first page on. */
  async go(...labels) {
    while (await this.side.getByRole('button', { name: 'Back', exact: true }).isVisible()) await this.back();
    for (const label of labels) await this.row(label).click();
  }

  back() {
    return this.side.getByRole('button', { name: 'Back', exact: true }).first().click();
  }

  /** A button by its exact name. */
  button(name) {
    return this.side.getByRole('button', { name, exact: true });
  }

  /** The dialog that asks before something. */
  get question() {
    return this.page.getByRole('dialog');
  }

  /** Answers it. */
  async confirm(action) {
    await this.question.getByRole('button', { name: action, exact: true }).click();
    await this.question.waitFor({ state: 'detached' });
  }

  /** Chooses from a list. */
  choose(label, option) {
    return this.side.getByLabel(label, { exact: true }).selectOption({ label: option });
  }

  radio(label) {
    return this.side.getByRole('radio', { name: label, exact: true });
  }

  /** Chooses one of several. */
  pick(label) {
    return this.radio(label).check();
  }

  /** Opens a member's page. */
  async member(name) {
    await this.go();
    await this.row(`${name}`).click();
    await this.side.getByRole('heading', { name: 'Member' }).waitFor();
  }

  sees(text) {
    return this.side.getByText(text).first().waitFor();
  }

  /** Makes a link into the group; answers its address. */
  async makeLink({ uses, lasts, approval = false } = {}) {
    await this.go('Invite links');
    if (uses) await this.choose('How many may come in by it', uses);
    if (lasts) await this.choose('How long it works', lasts);
    if (approval) await this.side.getByRole('switch', { name: 'With approval' }).check();
    const addresses = this.side.locator('code');
    const before = await addresses.count();
    await this.button('Make link').click();
    // The latest stands first, where another one may have stood until now.
    await addresses.nth(before).waitFor();
    return addresses.first().innerText();
  }
}

function escaped(text) {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
