/** A command as docs/adding-a-cli-command.md has it. */
import { cliCommand } from '../../src/cli/command.ts';

export const command = cliCommand({
  arguments: [{ name: 'word', required: false, completes: ['alpha', 'beta'] }],
  about: 'count *letters* of a word',
  options: {
    times: { value: 'n', required: true, about: 'how often', more: '.5 is refused.' },
    twice: { about: 'and that twice' },
  },
  run: ([word = ''], { times, twice }) => word.length * Number(times) * (twice ? 2 : 1),
});
