/** Links that may be opened in the user's browser: https, to a short list of hosts. */
const HOSTS = ['arxiv.org', 'doi.org', 'github.com', 'numpy.org', 'www.electronjs.org'];

export function isAllowedLink(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password, port } = new URL(text);
  return protocol === 'https:' && HOSTS.includes(hostname) && `${username}${password}${port}` === '';
}
