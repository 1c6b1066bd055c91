/** Where a place is on a map of everybody's: a link, no script and no picture of another's (promise 9). */
export function mapLink({
  address,
  latitude,
  longitude,
}: {
  address: string;
  latitude?: number | null;
  longitude?: number | null;
}): string {
  const map = 'https://www.openstreetmap.org';
  if (latitude == null || longitude == null) return `${map}/search?${new URLSearchParams({ query: address })}`;
  return `${map}/?mlat=${latitude}&mlon=${longitude}#map=17/${latitude}/${longitude}`;
}
