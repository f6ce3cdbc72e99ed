import { answer } from '../channel.ts';
import { openAveva } from './aveva.ts';
import { vendorQuestion, type Counts } from './questions.ts';
import type { Recorder } from './recorder.ts';

/** The vendors, as a process of its own. */
const vendors = new Map<string, Recorder>();

answer(async (question) => {
  const asked = vendorQuestion.parse(question);
  switch (asked.kind) {
    case 'open': {
      const { recorder, opened } = await openAveva(asked.size);
      vendors.set(asked.name, recorder);
      return opened;
    }
    case 'set': {
      const vendor = vendors.get(asked.name);
      if (vendor === undefined) throw new Error(`there is no vendor ${asked.name}`);
      vendor.latencyMs = asked.latencyMs;
      return vendor.setMode(asked.mode);
    }
    case 'take-counts': {
      const counts: Counts = {};
      for (const [name, vendor] of vendors) counts[name] = vendor.takeCounts();
      return counts;
    }
  }
});
process.stdout.write('ready: vendors\n');
