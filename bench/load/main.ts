import { Client } from 'undici';
import { answer } from '../channel.ts';
import { percentile } from '../statistics.ts';
import { loadQuestion, type LoadAnswer, type LoadQuestion } from './questions.ts';

/** Whoever asks, as a process of its own. */
answer((question) => run(loadQuestion.parse(question)));
process.stdout.write('ready: load\n');

/** Rejects with the first answer that is not a good one. */
async function run(question: LoadQuestion): Promise<LoadAnswer> {
  const { origin, connections, seconds } = question;
  const clients = Array.from({ length: connections }, () => new Client(origin, { pipelining: 1 }));
  const tally = { latencies: [] as number[], bytes: 0, turn: 0 };
  const startedAt = performance.now();
  const end = startedAt + seconds * 1000;
  try {
    await Promise.all(
      clients.map(async (client) => {
        while (performance.now() < end) await askOnce(client, question, tally);
      }),
    );
  } finally {
    await Promise.all(clients.map((client) => client.destroy()));
  }
  const tookSeconds = (performance.now() - startedAt) / 1000;
  const { latencies, bytes } = tally;
  return {
    requests: latencies.length,
    seconds: tookSeconds,
    perSecond: latencies.length / tookSeconds,
    p50Ms: percentile(latencies, 0.5),
    p99Ms: percentile(latencies, 0.99),
    bytes,
  };
}

interface Tally {
  readonly latencies: number[];
  bytes: number;
  turn: number;
}

function askOnce(client: Client, question: LoadQuestion, tally: Tally): Promise<void> {
  const { method, headers, asks } = question;
  const { path, body } = asks[tally.turn++ % asks.length] ?? { path: '/', body: null };
  return new Promise((resolve, reject) => {
    const askedAt = performance.now();
    const chunks: Buffer[] = [];
    let status = 0;
    client.dispatch(
      { method, path, headers, body },
      {
        onRequestStart() {},
        onResponseStart(_controller, statusCode) {
          status = statusCode;
        },
        onResponseData(_controller, chunk) {
          chunks.push(chunk);
        },
        onResponseEnd() {
          tally.latencies.push(performance.now() - askedAt);
          const whole = Buffer.concat(chunks);
          tally.bytes += whole.length;
          if (status === 200 && !whole.includes(ERRORS)) resolve();
          else reject(new Error(`a bad answer, HTTP ${status}: ${whole.toString().slice(0, 1000)}`));
        },
        onResponseError(_controller, error) {
          reject(error);
        },
      },
    );
  });
}

/** What stands in the answer of any GraphQL server that could not answer all. */
const ERRORS = '"errors":[';
