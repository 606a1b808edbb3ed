import type { Command } from 'commander';
import { ParlanceError } from '#contracts';
import { demoExamples } from '../../demo-examples.ts';
import { clientOf, connect, findServer, type ServerChoice } from '../backend/connect.ts';
import type { CliContext } from '../context.ts';
import { UsageError } from '../exit.ts';
import { print } from './print.ts';

/** `demo`: something to see within seconds, without a file, a key or a server. */
export function addDemoVerb(program: Command, context: CliContext): void {
  const demo = program
    .command('demo')
    .description('Score a few made-up customer messages and say why')
    .option('--json', 'as JSON')
    .option('--server <url>', 'the server to ask (PARLANCE_URL)')
    .option('--api-key <key>', 'the key to show it (PARLANCE_API_KEY)')
    .action(async (flags: ServerChoice & { json?: boolean }) => {
      const texts = demoExamples.filter((each) => each.task === 'sentiment');
      const backend = await connect(context.config(), flags);
      try {
        const { results } = await backend.run(
          'sentiment',
          texts.map((each) => each.text),
          { explain: true },
          context.signal,
        );
        const rows = results.map((item, index) => {
          const title = texts[index]?.title ?? '';
          if ('error' in item) return [title, 'error', '', item.error.detail];
          const strongest = [...(item.result.spans ?? [])].sort((a, b) => b.weight - a.weight)[0];
          const score = `${item.result.score > 0 ? '+' : ''}${item.result.score.toFixed(1)}`;
          return [title, item.result.label, score, shorten(strongest?.text ?? '')];
        });
        print({ results }, flags.json, ['message', 'sentiment', 'score', 'mostly because of'], rows);
        if (!flags.json) {
          process.stderr.write(
            'Next: echo "your own text" | parlance sentiment, or parlance serve for the page.\n',
          );
        }
      } finally {
        await backend.close();
      }
    });
  addPlayVerb(demo, context);
}

/** `demo play`: customers for an empty desk. They talk to a server, so one must run. */
function addPlayVerb(demo: Command, context: CliContext): void {
  demo
    .command('play')
    .description('Let three scripted customers of the sample company talk to the running server')
    .option('--speed <n>', 'how many times as fast as written', '1')
    .option('--server <url>', 'the server they talk to (PARLANCE_URL)')
    .option('--api-key <key>', 'a key with the scope admin (PARLANCE_API_KEY)')
    .action(async ({ speed, ...choice }: ServerChoice & { speed: string }) => {
      const times = Number(speed);
      if (!(times >= 0.1 && times <= 100)) throw new UsageError('--speed takes a number from 0.1 to 100.');
      const server = await findServer(context.config(), choice);
      if (!server) {
        throw new ParlanceError('provider_failed', 'No server is running. Start one with `parlance serve`.');
      }
      await clientOf(server).desk.demo(times);
      process.stderr.write(`Three customers come in. See them on the desk: ${server.url}/desk\n`);
    });
}

const shorten = (text: string) => (text.length > 60 ? `${text.slice(0, 59)}…` : text);
