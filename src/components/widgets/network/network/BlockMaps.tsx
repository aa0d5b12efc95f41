import { useMemo } from 'preact/hooks';
import { Pixels } from '../../../controls/Pixels.tsx';
import { mostAlive } from './alive.ts';
import first from './firstLook.json';
import type { Look } from './look.ts';

const recorded: Record<string, string[]> = first.blocks;

/** The liveliest channels of a block, inside its box: recorded ones at first, the network's own once it runs. */
export function BlockMaps({ name, look }: { name: string; look: Look }) {
  const map = look.mapOf(name);
  const channels = useMemo(() => map && mostAlive(map.data, map.shape[2]), [map]);
  if (!recorded[name]) return null;
  return (
    <span class="maps">
      {channels && map
        ? channels.map((data, i) => (
            <Pixels key={i} data={data} width={map.shape[1]} height={map.shape[0]} label="" />
          ))
        : recorded[name].map((src) => <img key={src} src={src} width={28} height={28} alt="" />)}
    </span>
  );
}
