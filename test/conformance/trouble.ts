import type { FaultKind } from '../../src/provider-kit/simulator-fault.ts';
import type { ReceivedRequest } from '../../src/provider-kit/received-request.ts';
import type { Simulator } from '../../src/provider-kit/simulator.ts';

export interface Trouble {
  /** From now on no request meets it. Has any? */
  end(): boolean;
}

/** What each request meets that matches, until it is ended. */
export function trouble(
  simulator: Simulator,
  kind: FaultKind,
  matches: (request: ReceivedRequest) => boolean,
): Trouble {
  let [isOver, isMet] = [false, false];
  const match = (request: ReceivedRequest) => {
    const isIt = !isOver && matches(request);
    isMet ||= isIt;
    return isIt;
  };
  simulator.inject({ match, times: Infinity, kind });
  return {
    end() {
      isOver = true;
      return isMet;
    },
  };
}
