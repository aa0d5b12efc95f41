import type { LabSettings } from '../trainer/settings.ts';
import { comparisonLink, PRESET_NAMES, PRESETS, presetOf, queryOf } from './presets.ts';
import type { LabWords } from './words.ts';

interface Props {
  words: LabWords['presets'];
  settings: LabSettings;
  /** The comparison is what is shown. */
  comparing: boolean;
  onChoose: (settings: LabSettings) => void;
  onCompare: () => void;
}

/** A link that does its work here; with a key held it is the browser's: a tab of its own. */
function Chip({
  to,
  now,
  name,
  onPress,
}: {
  to: string;
  now: boolean;
  name: string;
  onPress: () => void;
}) {
  return (
    <a
      class="chip"
      href={to}
      aria-current={now ? 'true' : undefined}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        onPress();
      }}
    >
      {name}
    </a>
  );
}

/** Places to begin: links, so that each can be opened beside this page or sent on. */
export function PresetBar({ words, settings, comparing, onChoose, onCompare }: Props) {
  const chosen = comparing ? undefined : presetOf(settings);
  const about = comparing ? words.comparison.about : chosen ? words.about[chosen] : words.own;
  return (
    <nav class="presets" aria-label={words.label}>
      <ul>
        {PRESET_NAMES.map((name) => (
          <li key={name}>
            <Chip
              to={queryOf(PRESETS[name])}
              now={name === chosen}
              name={words.names[name]}
              onPress={() => onChoose(PRESETS[name])}
            />
          </li>
        ))}
        <li>
          <Chip
            to={comparisonLink()}
            now={comparing}
            name={words.comparison.name}
            onPress={onCompare}
          />
        </li>
      </ul>
      <p class="note">{about}</p>
    </nav>
  );
}
