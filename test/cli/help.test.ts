import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { packageVersion } from '../../src/package-root.ts';
import { run } from './run.ts';

describe('--help', () => {
  it('of wence', async () => {
    const { code, out } = await run(['--help']);
    expect(code).toBe(0);
    expect(out).toMatchInlineSnapshot(`
      "Usage: wence [options] [command]

      Answers questions about government notices and proves every sentence with a citation.

      Options:
        -v, --version                 print the version
        -h, --help                    print this help

      Commands:
        ask [options] [question...]   answer one question
        serve [options]               answer over HTTP
        index [options]               read the corpus and bring the index up to date
        targets [options] [words...]  list the targets that the notices set themselves
        report                        tell what was asked, and what was not answered well
        doctor [options]              check settings, corpus, index, store, models, chat platforms,
                                      folders and port
        eval [options] [SET...]       ask question sets, score the answers, compare runs
        slack                         set up the Slack app
        help [command]                print the help of a command

      Settings are read from the environment and from .env in the working directory; "wence doctor" checks them.

      Exit codes: 0 ok (a refusal to answer is an answer), 1 could not, 2 wrong usage or settings, 130 interrupted.

      Examples:
        $ wence ask "普惠性幼儿园覆盖面要达到多少?"
        $ wence serve --port 8080
        $ wence index && wence doctor
        $ wence eval --min accuracy=0.95
      "
    `);
  });

  it('of wence ask', async () => {
    expect((await run(['ask', '--help'])).out).toMatchInlineSnapshot(`
      "Usage: wence ask [options] [question...]

      Answers one question: what the notices say, each sentence with the place that proves it.

      Arguments:
        question       the question; read from standard input where it is left out

      Options:
        --json         print the answer as JSON; with --stream, one event a line
        --stream       print each sentence as soon as it is verified
        --notice <id>  ask this notice only; may be given several times
        --why          show how the answer was found
        -h, --help     print this help

      Exit codes: 0 answered or refused, 1 could not, 2 wrong usage or settings, 130 interrupted.

      Examples:
        $ wence ask "2020年要建多少所二级以上标准幼儿园?"
        $ wence ask --notice 2020-taizhou-education --why "谁负责校园安全?"
        $ echo "教育投入是多少?" | wence ask --json | jq .lead.text
      "
    `);
  });

  it('of wence serve', async () => {
    expect((await run(['serve', '--help'])).out).toMatchInlineSnapshot(`
      "Usage: wence serve [options]

      Answers over HTTP; /docs describes the interface.

      Options:
        --host <host>  listen on this address (HOST, default 127.0.0.1)
        --port <port>  listen on this port (PORT, default 3000; 0 takes a free one)
        -h, --help     print this help

      The log goes to standard output, one JSON record a line. SIGTERM and Ctrl-C let answers under way end,
      for some seconds at most; a second one exits at once.

      Exit codes: 0 closed by a signal, 1 could not start, 2 wrong usage or settings.

      Examples:
        $ wence serve
        $ HOST=0.0.0.0 wence serve --port 8080
        $ curl -s localhost:3000/api/ask -H 'content-type: application/json' -d '{"question":"教育投入是多少?"}'
      "
    `);
  });

  it('of wence index', async () => {
    expect((await run(['index', '--help'])).out).toMatchInlineSnapshot(`
      "Usage: wence index [options]

      Reads the corpus and brings the index on disk up to date.

      Options:
        --json      print what changed as JSON
        -h, --help  print this help

      A running server picks up changes by itself; this does the work beforehand. Files that cannot be read are
      named and do not stop the others.

      Exit codes: 0 ok, 1 could not, or no notice can be read, 2 wrong usage or settings.

      Examples:
        $ wence index
        $ CORPUS_DIR=./notices wence index --json
      "
    `);
  });

  it('of wence targets', async () => {
    expect((await run(['targets', '--help'])).out).toMatchInlineSnapshot(`
      "Usage: wence targets [options] [words...]

      Lists the targets of the notices: figures with what they measure, how firmly, by when and where;
      documents, titles.

      Arguments:
        words          only targets that hold these words

      Options:
        --notice <id>  of this notice only; may be given several times
        --kind <kind>  only of this kind: figure, absolute, document, creation
        --csv          print a table for spreadsheets
        --json         print everything as JSON
        -h, --help     print this help

      Exit codes: 0 ok, 1 could not, 2 wrong usage or settings.

      Examples:
        $ wence targets
        $ wence targets --kind figure 幼儿园
        $ wence targets --csv > targets.csv
      "
    `);
  });

  it('of wence doctor', async () => {
    expect((await run(['doctor', '--help'])).out).toMatchInlineSnapshot(`
      "Usage: wence doctor [options]

      Checks settings, corpus, index, store, models, chat platforms, folders and port.

      Options:
        --json      print the checks as JSON
        -h, --help  print this help

      Each line is ok or says what to do. A configured model is asked for one word, a configured chat platform
      whether it takes the credentials; an index that is missing is built.

      Exit codes: 0 all is well, 1 something is to be done, 2 wrong usage.

      Examples:
        $ wence doctor
        $ wence doctor --json | jq '.[] | select(.state == "failed")'
      "
    `);
  });

  it('of wence eval', async () => {
    expect((await run(['eval', '--help'])).out).toMatchInlineSnapshot(`
      "Usage: wence eval [options] [command] [SET...]

      Asks question sets and scores the answers by code; no model and no network is needed.

      Arguments:
        SET                       files of cases (.jsonl, .yaml, .csv, .json); those of eval/config.yaml
                                  where none is named

      Options:
        --mode <mode>             extractive, or generative with the CHAT_MODEL of the settings (default:
                                  as the settings say)
        --url <url>               ask a server that runs, instead of the assistant in this process
        --kind <kind>             only cases of this kind; several by comma
        --filter <text>           only cases whose id, question or tag holds this text
        --first <n>               only the first cases
        --failing <run>           only cases that an earlier run failed
        --repeat <n>              ask each case so often (default: 1)
        --perturb <kinds>         ask each question spoilt, too: typo, traditional, fullwidth, filler,
                                  zero-width or all
        --seed <n>                of the perturbations (default: 1)
        --concurrency <n>         questions at a time (default: 1 without a model, 4 with one or with
                                  --url)
        --rate <n>                questions a minute at most
        --retries <n>             further tries where server or model is busy or away (default: 2)
        --timeout <s>             longest wait for an answer, in seconds (default: 120)
        --set <name=value>        a setting for this run, as in CHAT_MODEL=qwen-plus; several times
        --no-cache                ask anew what was answered before under the same code, prompts, corpus
                                  and settings
        --out <dir>               folder of the run (default: eval/runs/<time>-<name>)
        --name <name>             name of the run (default: after the sets)
        --resume [run]            go on with a run that was interrupted, or ask its errors again (default:
                                  the newest)
        --min <metric=value>      fails where the metric is lower; KIND:METRIC=VALUE for a kind, *: for
                                  each; several times
        --max <metric=value>      fails where the metric is higher
        --max-errors <n>          errors that a complete run may have (default: 0)
        --against <run>           compare with a run, or with "baseline", and fail where it got worse
        --config <file>           sets, gates and baseline (default: eval/config.yaml)
        --report <format>         html, junit, json, md or csv, into the run's folder; FORMAT=FILE for
                                  another place; several times
        --judge                   have the JUDGE_MODEL of the settings look at the answers, too; its
                                  verdicts stand beside the metrics
        --judge-repeats <n>       ask it so often for each answer (default: 1)
        --price <in,out>          prices of a million tokens sent and got, for the cost
        --dry-run                 say what would be asked, and ask nothing
        --verbose                 tell every case in full
        --show                    keep and tell the questions of sets that are set aside (*.heldout.*),
                                  too
        -h, --help                print this help

      Commands:
        check [options] [SET...]  check question sets
        add [options] <SET>       add a case to a set
        list                      list the runs
        diff <before> <after>     compare two runs, case by case
        report [options] [run]    write reports of a run
        accept [options] [run]    make a run the baseline
        help [command]            print the help of a command

      Metrics and set formats: eval/README.md. Answers, scores and settings of a run lie in its folder.

      Exit codes: 0 all gates met, 100 a gate is not met, 1 wrong usage, set or settings, 2 incomplete (errors over
      --max-errors, or no case selected), 130 interrupted. The last line says the same in words.

      Examples:
        $ wence eval
        $ wence eval my-set.jsonl --min accuracy=0.95 --min refusal.recall=0.9 --max wrong=0.02
        $ wence eval --kind yesno,list --verbose --report html
        $ wence eval my-set.csv --url http://127.0.0.1:3000 --against latest
      "
    `);
  });

  it.each(['check', 'add', 'list', 'diff', 'report', 'accept'])('of wence eval %s', async (name) => {
    const { code, out } = await run(['eval', name, '--help']);
    expect(code).toBe(0);
    expect(out).toMatchSnapshot();
  });

  it('is the same by wence help and the command', async () => {
    expect((await run(['help', 'ask'])).out).toBe((await run(['ask', '--help'])).out);
  });
});

describe('wrong usage', () => {
  it.each([
    [['bogus'], /unknown command 'bogus'/],
    [['ask', '--jsno', 'x'], /unknown option '--jsno'[\s\S]*Did you mean --json\?/],
    [['index', 'surplus'], /too many arguments/],
    [['ask', 'x', '--notice'], /argument missing/],
    [['help', 'bogus'], /./],

    [[], /Usage: wence/],
  ])('%j exits with 2 and says what is wrong on standard error', async (commandLine, message) => {
    const { code, out, err, opened } = await run(commandLine);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(message);
    expect(opened).toEqual([]);
  });
});

describe('--version', () => {
  it('is the version of the package', async () => {
    expect(await run(['--version'])).toMatchObject({ code: 0, out: `${packageVersion}\n` });
  });
});

describe('a process of its own', () => {
  it('loads neither nodejieba nor fastify for its help', async () => {
    const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
    const script = `
      import { createRequire } from 'node:module';
      process.argv.splice(1, process.argv.length, 'wence', '--help');
      process.once('exit', () => {
        const loaded = Object.keys(createRequire(import.meta.url).cache).filter((file) => /nodejieba|hnswlib|fastify|langchain/.test(file));
        console.error(JSON.stringify(loaded));
      });
      await import(${JSON.stringify(main)});`;
    const { stdout, stderr } = await promisify(execFile)(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script]);
    expect(stdout).toContain('Usage: wence');
    expect(JSON.parse(stderr)).toEqual([]);
  });

  it('is silent and ends when its reader has seen enough', async () => {
    const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
    const { stdout, stderr } = await promisify(execFile)(
      'bash',
      ['-c', `"${process.execPath}" --import tsx "${main}" --help | true; echo "code \${PIPESTATUS[0]}"`],
    );
    expect([stdout, stderr]).toEqual(['code 0\n', '']);
  });
});
