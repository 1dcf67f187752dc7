import { useState } from 'preact/hooks';
import type { ControlProps } from '../Frame.tsx';

/** Keeping an answer's file on the device: `make` gives the bytes and their ending. A full device is said, and the old answer stays. */
export function useKeep({ node, stage }: ControlProps) {
  const [state, setState] = useState<'' | 'busy' | 'failed'>('');
  const keep = async (make: () => Promise<readonly [file: Blob, extension: string]>): Promise<void> => {
    if (!stage.device) return;
    setState('busy');
    try {
      stage.answer(node.ref, await stage.device.keepFile(...(await make())));
      setState('');
    } catch {
      setState('failed');
    }
  };
  return { busy: state === 'busy', failed: state === 'failed', keep };
}
