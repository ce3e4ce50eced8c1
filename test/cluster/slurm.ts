/** A Slurm of the test's own on this machine: munged, slurmctld and slurmd in a folder, without systemd. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';

const PATH = `${process.env.PATH}:/usr/sbin:/sbin`;

const configuration = (home: string): string => `
ClusterName=test
SlurmctldHost=${hostname()}(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=${home}/munge/socket
CredType=cred/munge
SlurmctldPort=16817
SlurmdPort=16818
StateSaveLocation=${home}/state
SlurmdSpoolDir=${home}/spool
SlurmctldPidFile=${home}/slurmctld.pid
SlurmdPidFile=${home}/slurmd.pid
SlurmctldLogFile=${home}/slurmctld.log
SlurmdLogFile=${home}/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerType=sched/backfill
SchedulerParameters=bf_interval=1,sched_interval=1
ReturnToService=2
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
NodeName=${hostname()} NodeAddr=127.0.0.1 CPUs=2 RealMemory=4000 State=UNKNOWN
PartitionName=debug Nodes=ALL Default=YES MaxTime=INFINITE State=UP
`;

/** So many looks at the queue lie between two questions to the node: about ten seconds. */
const LOOKS = 40;

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export class Slurm {
  readonly home = mkdtempSync(join(tmpdir(), 'sgdlab-slurm-'));
  readonly env: NodeJS.ProcessEnv = { ...process.env, PATH, SLURM_CONF: join(this.home, 'slurm.conf') };
  private readonly running = new Map<string, ChildProcess>();

  async start(): Promise<void> {
    for (const name of ['munge', 'state', 'spool']) mkdirSync(join(this.home, name), { mode: 0o755 });
    chmodSync(this.home, 0o755);
    writeFileSync(join(this.home, 'slurm.conf'), configuration(this.home));
    writeFileSync(join(this.home, 'munge', 'key'), randomBytes(1024), { mode: 0o600 });
    const munge = (name: string) => join(this.home, 'munge', name);
    this.launch('munged', [
      '--foreground',
      '--force',
      `--socket=${munge('socket')}`,
      `--key-file=${munge('key')}`,
      `--pid-file=${munge('pid')}`,
      `--log-file=${munge('log')}`,
      `--seed-file=${munge('seed')}`,
    ]);
    await this.until(() => existsSync(munge('socket')), 'munged');
    this.startController();
    this.startNode();
    await this.ready();
  }

  startController(): void {
    this.launch('slurmctld', ['-D', '-f', this.env.SLURM_CONF ?? '']);
  }

  startNode(): void {
    this.launch('slurmd', ['-D', '-f', this.env.SLURM_CONF ?? '', '-N', hostname()]);
  }

  /** Waits until the node takes jobs. */
  async ready(): Promise<void> {
    await this.until(() => /idle|mix|alloc/.test(this.call('sinfo', '-h', '-o', '%t').stdout), 'the node');
  }

  /** As `kill -9`: nothing is told, nothing saved. */
  async kill(name: 'slurmctld' | 'slurmd'): Promise<void> {
    const child = this.running.get(name);
    const ended = new Promise((resolve) => child?.once('exit', resolve));
    child?.kill('SIGKILL');
    await ended;
  }

  call(name: string, ...args: string[]) {
    return spawnSync(name, args, { env: this.env, encoding: 'utf8' });
  }

  /** Jobs that wait or run. */
  queued(): number {
    const { status, stdout } = this.call('squeue', '-h', '-r', '-o', '%i');
    // a controller that does not answer is not an empty queue
    return status === 0 ? stdout.split('\n').filter(Boolean).length : Infinity;
  }

  /**
   * Waits for the end of the queue, as an administrator does who looks after Slurm. A controller that was killed takes up
   * the state that it had saved, with jobs that have ended since: it asks the node what runs there after many minutes,
   * or when told to. It starts jobs again that still run, and then takes the node out of service; jobs that it puts
   * back into the queue wait for two minutes.
   */
  async emptied(what: string): Promise<void> {
    let looked = 0;
    await this.until(() => {
      if (++looked % LOOKS === 0) this.call('scontrol', 'reconfigure');
      if (this.call('sinfo', '-h', '-o', '%T').stdout.includes('drain'))
        this.call('scontrol', 'update', `nodename=${hostname()}`, 'state=resume');
      for (const job of this.call('squeue', '-h', '-r', '-t', 'PD', '-o', '%i %r').stdout.split('\n')) {
        const [id, ...why] = job.split(' ');
        if (why[0] === 'BeginTime') this.call('scontrol', 'update', `jobid=${id}`, 'starttime=now');
        if (why.includes('held)') || why.includes('held')) this.call('scontrol', 'release', id);
      }
      return this.queued() === 0;
    }, what);
  }

  async until(condition: () => boolean, what: string, seconds = 240): Promise<void> {
    for (let waited = 0; !condition(); waited += 0.2) {
      if (waited > seconds) throw new Error(`${what}: nothing after ${seconds} s\n${this.logs()}`);
      await pause(200);
    }
  }

  stop(): void {
    this.call('scancel', '--user=root', '--signal=KILL', '--full');
    for (const child of [...this.running.values()].reverse()) child.kill('SIGKILL');
    rmSync(this.home, { recursive: true, force: true, maxRetries: 5 });
  }

  private launch(name: string, args: string[]): void {
    this.running.set(name, spawn(name, args, { env: this.env, stdio: 'ignore' }));
  }

  private logs(): string {
    return ['slurmctld.log', 'slurmd.log']
      .map((name) => join(this.home, name))
      .map((path) => (existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(-15).join('\n') : ''))
      .join('\n');
  }
}
