// A part that does not arrive: the page says so, and goes on after loading again.
import { journey } from './support/journey.mjs';

journey('a part that cannot be loaded leaves a way on', async ({ signUp }) => {
  const { page } = await signUp('unlucky', { serviceWorkers: 'block' });
  await page.route(/assets\/settings-.*\.js/, route => route.abort());
  await page.goto(new URL('/settings/about', page.url()).href);
  await page.getByText('This part of Parlance failed').waitFor();
  await page.unroute(/assets\/settings-.*\.js/);
  await page.getByRole('button', { name: 'Load again' }).click();
  await page.getByRole('heading', { name: 'About' }).first().waitFor();
});
