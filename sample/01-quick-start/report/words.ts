const DAY_MS = 24 * 60 * 60 * 1000;

/** `14:03:05`, in the time zone of this machine; with the date if it is further away than a day. */
export function clockTime(date: Date): string {
  const time = date.toTimeString().slice(0, 8);
  const isNear = Math.abs(date.getTime() - Date.now()) < DAY_MS;
  return isNear ? time : `${date.toLocaleDateString('sv')} ${time}`;
}

/** `14:03:05.250` */
export function preciseTime(date: Date): string {
  return `${clockTime(date)}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

/** `1 job`, `2 jobs` */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
