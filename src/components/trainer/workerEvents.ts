/** What the worker tells, as changes of what the page knows. */

import type { DiffusionKind } from '../../lib/tensor/recipes/diffusion/kind.ts';
import type { WarningCode, WorkerEvent } from '../../lib/worker/protocol.ts';
import type { Camera } from './camera.ts';
import * as show from './format.ts';
import { sayFailure, sayWarning } from './sayError.ts';
import type { createPace, SessionState, Trouble } from './sessionState.ts';
import { en as say } from './words.ts';

interface Tools {
  pace: ReturnType<typeof createPace>;
  /** None where no film is wanted. */
  camera?: Camera;
  /** Drops what was heard and drawn of the run before. */
  forget(): void;
  tell(trouble: Trouble): void;
}

export function createHearing(s: SessionState, { pace, camera, forget, tell }: Tools) {
  const warn = (code: WarningCode, message: string) => {
    if (code === 'dataFallback') {
      s.trouble.value = { message, kept: '', todo: say.run.fallback };
    } else if (!s.warnings.value.some((warning) => warning.message === message))
      s.warnings.value = [...s.warnings.value, { code, message }].slice(-4);
  };
  return (event: WorkerEvent<DiffusionKind>): void => {
    switch (event.type) {
      case 'state':
        s.state.value = event.state;
        if (event.state !== 'loading') s.progress.value = null;
        break;
      case 'ready':
        if (event.run !== s.era.value) {
          forget();
          s.opened.value = event.step;
        }
        s.era.value = event.run;
        s.backend.value = event.backend;
        s.parameters.value = event.parameters;
        s.run.value = event.config;
        s.at.value = event.step;
        break;
      case 'progress':
        s.progress.value = { loaded: event.loaded, total: event.total, label: event.label };
        break;
      case 'step':
        pace.step(event);
        camera?.step(event);
        break;
      case 'losses':
        s.losses.append(event.steps, event.losses);
        pace.curve();
        break;
      case 'restored':
        s.savedAt.value = { step: event.step, bytes: 0 };
        s.note.value = say.run.continued(
          show.count(event.step),
          new Date(event.date).toLocaleString('en'),
        );
        break;
      case 'saved':
        s.savedAt.value = {
          step: event.step,
          bytes: event.bytes,
          tab: event.where === 'memory',
        };
        if (event.where === 'indexedDB')
          s.warnings.value = s.warnings.value.filter(({ code }) => code !== 'storage');
        break;
      case 'paused':
        s.at.value = event.step;
        if (event.reason === 'failed') pace.back(event.step);
        else camera?.shoot();
        break;
      case 'warning':
        void sayWarning(event).then((message) => warn(event.code, message));
        break;
      case 'yielded':
        s.run.value = null;
        s.state.value = 'idle';
        s.savedAt.value = { step: event.step, bytes: 0, elsewhere: event.key };
        s.note.value = say.run.yielded(show.count(event.step));
        break;
      case 'gone':
        s.run.value = null;
        s.progress.value = null;
        if (s.state.value !== 'idle') s.state.value = 'failed';
        break;
      case 'error':
        void sayFailure(event).then(tell);
        break;
    }
  };
}
