import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { ParlanceClient } from '#client';
import type { Role } from '#contracts';
import { startProvider, type TestProvider } from '../openid-provider.ts';
import { clipboard, useApp } from './app.ts';
import { expectForEveryone } from './axe.ts';
import { browserIsThere } from './browser.ts';
import { startServer } from './server.ts';

const password = 'a sentence nobody guesses';

async function signIn(page: Page, email: string, secret = password): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(secret);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

const links = (page: Page) => page.getByRole('navigation').getByRole('link').allTextContents();
const menu = (page: Page) => page.getByRole('button', { name: /^Signed in as/ });

describe.runIf(browserIsThere())('people', () => {
  const app = useApp();
  let provider: TestProvider | undefined;
  afterAll(() => provider?.stop());

  /** Invites somebody and accepts for them. */
  async function join(name: string, roles: Role[]): Promise<string> {
    const client = new ParlanceClient({ baseUrl: app.url });
    const email = `${name.toLowerCase()}@example.org`;
    const { token = '' } = await client.invitations.create({ email, roles });
    await client.invitations.accept(token, { name, password });
    return email;
  }

  it('are invited by a link that is shown once, and join by it', async () => {
    const page = await app.open('/people');
    await page.getByText('Nobody else yet').waitFor();
    await page.getByRole('button', { name: 'Invite', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Make the link' }).click();
    await dialog.getByText('Give the e-mail address of whom you invite.').waitFor();
    await dialog.getByLabel('E-mail').fill('Ada@example.org');
    await dialog.getByRole('checkbox', { name: 'Admin' }).check();
    await dialog.getByRole('button', { name: 'Make the link' }).click();
    const link = (await dialog.getByTestId('link').textContent()) ?? '';
    await dialog.getByRole('button', { name: 'Copy link' }).click();
    expect(await clipboard(page)).toBe(link);
    await page.keyboard.press('Escape');
    expect(await dialog.isVisible()).toBe(true);
    await dialog.getByRole('button', { name: 'I have passed it on' }).click();
    await page.getByRole('tab', { name: 'Invitations' }).click();
    await page.getByRole('listitem').filter({ hasText: 'ada@example.org' }).waitFor();

    const ada = await app.open(new URL(link).pathname);
    await ada.getByRole('heading', { name: 'You are invited' }).waitFor();
    await expectForEveryone(ada);
    await ada.getByLabel('Password', { exact: true }).fill('short');
    await ada.getByText('5 more to go').waitFor();
    await ada.getByRole('button', { name: 'Join' }).click();
    await ada.getByText('Say what you want to be called.').waitFor();
    await ada.getByText('Use at least 10 characters.').waitFor();
    await ada.getByLabel('Your name').fill('Ada');
    await ada.getByLabel('Password', { exact: true }).fill(password);
    await ada.getByRole('button', { name: 'Join' }).click();
    await ada.getByRole('button', { name: 'Signed in as Ada' }).waitFor();

    await ada.goto(link);
    await ada.getByText('This link does not work').waitFor();
    await ada.getByText('Ask for a new one.').waitFor();
    await page.reload();
    await page.getByText('No link is waiting').waitFor();
  });

  it('are asked who they are once the server wants to know', async () => {
    await join('Bo', ['agent']);
    const { dataDir } = app.server;
    await app.server.stop();
    provider = await startProvider();
    const env = {
      PARLANCE_AUTH: 'keys',
      PARLANCE_OIDC_ISSUER: provider.issuer,
      PARLANCE_OIDC_CLIENT_ID: provider.clientId,
      PARLANCE_OIDC_CLIENT_SECRET: provider.clientSecret,
      PARLANCE_OIDC_NAME: 'Example ID',
    };
    app.use(await startServer({ dataDir, env }));
    const page = await app.open('/people');
    await page.getByRole('heading', { name: 'Sign in', exact: true }).waitFor();
    expect(await page.getByRole('navigation').count()).toBe(0);
    await expectForEveryone(page);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByText('Give your e-mail address.').waitFor();
    await signIn(page, 'bo@example.org', 'wrong');
    await page.getByText('The e-mail address or the password is wrong.').waitFor();
    await signIn(page, 'bo@example.org');
    await page.getByText('People is for admins').waitFor();
    const customer = await app.open('/chat');
    await customer.getByRole('link', { name: 'Sign in' }).click();
    await customer.getByRole('heading', { name: 'Sign in', exact: true }).waitFor();
    await expectForEveryone(page);
  });

  it('come in by their provider, and go on where they were', async () => {
    const account = (email: string) => ({ email, email_verified: true });
    // Who goes there from now on is signed in there as this account.
    await provider?.visit(app.url, account('stranger@example.org'));
    const stranger = await app.open('/settings');
    await stranger.getByRole('link', { name: 'Continue with Example ID' }).click();
    await stranger.getByText('Nobody here has the address you signed in with.').waitFor();
    await provider?.visit(app.url, account('ada@example.org'));
    const ada = await app.open('/people?tab=teams');
    await ada.getByRole('link', { name: 'Continue with Example ID' }).click();
    await ada.getByText('No teams yet').waitFor();
    await ada.getByRole('button', { name: 'Signed in as Ada' }).waitFor();
  });

  it('leave nothing behind for who comes after them', async () => {
    const page = await app.open('/knowledge');
    await signIn(page, 'ada@example.org');
    await page.getByText('The bot knows nothing yet').waitFor();
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles({
        name: 'salaries.xls',
        mimeType: 'application/vnd.ms-excel',
        buffer: Buffer.from('x'),
      });
    await page.getByText('salaries.xls').waitFor();
    await menu(page).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await signIn(page, 'bo@example.org');
    await page.getByRole('button', { name: 'Signed in as Bo' }).waitFor();
    await page.getByText('As soon as an admin adds documents').waitFor();
    expect(await page.getByText('salaries.xls').count()).toBe(0);
  });

  it('see of the navigation what their roles open', async () => {
    const bo = await app.open('/settings');
    await signIn(bo, 'bo@example.org');
    await menu(bo).waitFor();
    const offered = await links(bo);
    expect(offered).toEqual(expect.arrayContaining(['Desk', 'Knowledge', 'Settings']));
    expect(offered).not.toContain('People');
    expect(offered).not.toContain('Keys');
    await bo.keyboard.press('Control+k');
    await bo.getByRole('dialog', { name: 'Command palette' }).waitFor();
    expect(await bo.getByRole('option', { name: 'People' }).count()).toBe(0);
  });

  it('change their password, see where they are signed in, and leave', async () => {
    const elsewhere = await app.open('/account');
    await signIn(elsewhere, 'bo@example.org');
    const page = await app.open('/account');
    await signIn(page, 'bo@example.org');
    await page.getByText('This browser').waitFor();
    await expectForEveryone(page);
    await page.getByLabel('Current password', { exact: true }).fill('wrong');
    await page.getByLabel('New password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Change password' }).click();
    await page.getByText('This is not your password.').waitFor();
    await page.getByLabel('Current password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Change password' }).click();
    await page.getByText('Your password is changed').waitFor();
    await elsewhere.reload();
    await elsewhere.getByRole('heading', { name: 'Sign in', exact: true }).waitFor();
    await signIn(elsewhere, 'bo@example.org');
    await elsewhere.getByText('This browser').waitFor();

    await page.reload();
    await page.getByRole('button', { name: /^Sign out (Chrome|Unknown)/ }).click();
    await page.getByText('Signed out there').waitFor();
    await menu(page).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in', exact: true }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Sign in', exact: true }).waitFor();
  });

  it('are managed by an admin, of whom the last one stays', async () => {
    const page = await app.open('/people');
    await signIn(page, 'ada@example.org');
    const row = (name: string) => page.getByRole('listitem').filter({ hasText: name });
    await row('Ada').getByText('Last admin').waitFor();
    await page.getByRole('button', { name: 'Actions for Ada' }).click();
    await page.getByText('The last admin. Make somebody else an admin first.').waitFor();
    expect(await page.getByRole('menuitem', { name: 'Disable' }).getAttribute('aria-disabled')).toBe('true');
    await page.getByRole('menuitem', { name: 'Name, roles and teams' }).click();
    const dialog = page.getByRole('dialog', { name: 'Ada' });
    expect(await dialog.getByRole('checkbox', { name: 'Admin' }).isDisabled()).toBe(true);
    await dialog.getByRole('checkbox', { name: 'Agent' }).uncheck();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await row('Ada').getByText('Agent', { exact: true }).waitFor({ state: 'detached' });

    const bo = await app.open('/settings');
    await signIn(bo, 'bo@example.org');
    await menu(bo).waitFor();
    await page.getByRole('button', { name: 'Actions for Bo' }).click();
    await page.getByRole('menuitem', { name: 'Disable' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Disable' }).click();
    await row('Bo').getByText('Disabled', { exact: true }).waitFor();
    await expectForEveryone(page);
    await bo.reload();
    await bo.getByRole('heading', { name: 'Sign in', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Actions for Bo' }).click();
    await page.getByRole('menuitem', { name: 'Enable' }).click();
    await row('Bo').getByText('Disabled', { exact: true }).waitFor({ state: 'detached' });
  });

  it('belong to teams, which are made, named anew and deleted', async () => {
    const page = await app.open('/people?tab=teams');
    await signIn(page, 'ada@example.org');
    await page.getByText('No teams yet').waitFor();
    await page.getByRole('button', { name: 'New team' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Make team' }).click();
    await dialog.getByText('A team needs a name.').waitFor();
    await dialog.getByLabel('Name').fill('Billing');
    await page.keyboard.press('Enter');
    const team = page.getByRole('listitem').filter({ hasText: 'Billing' });
    await team.getByText('Nobody is in it yet').waitFor();
    await page.getByRole('tab', { name: 'People' }).click();
    await page.getByRole('button', { name: 'Actions for Bo' }).click();
    await page.getByRole('menuitem', { name: 'Name, roles and teams' }).click();
    await page.getByRole('checkbox', { name: 'Billing' }).check();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved Bo').waitFor();
    await page.getByRole('tab', { name: 'Teams' }).click();
    await team.getByText('Bo', { exact: true }).waitFor();
    await expectForEveryone(page);
    await page.getByRole('button', { name: 'Rename “Billing”' }).click();
    await dialog.getByLabel('Name').fill('Money');
    await dialog.getByRole('button', { name: 'Rename' }).click();
    await page.getByRole('button', { name: 'Delete “Money”' }).click();
    await page.getByRole('button', { name: 'Delete team' }).click();
    await page.getByText('No teams yet').waitFor();
  });

  it('get a link for a new password, which can be revoked', async () => {
    const page = await app.open('/people');
    await signIn(page, 'ada@example.org');
    await page.getByRole('button', { name: 'Actions for Bo' }).click();
    await page.getByRole('menuitem', { name: 'Link for a new password' }).click();
    const link = (await page.getByTestId('link').textContent()) ?? '';
    await page.getByRole('button', { name: 'I have passed it on' }).click();
    const bo = await app.open(new URL(link).pathname);
    await bo.getByRole('heading', { name: 'Choose a new password' }).waitFor();
    await page.getByRole('tab', { name: 'Invitations' }).click();
    await page.getByRole('button', { name: 'Revoke the link for bo@example.org' }).click();
    await page.getByRole('button', { name: 'Revoke link' }).click();
    await page.getByText('No link is waiting').waitFor();
    await bo.getByLabel('New password', { exact: true }).fill(password);
    await bo.getByRole('button', { name: 'Set the password' }).click();
    await bo.getByText('This link does not work').waitFor();
  });
});
