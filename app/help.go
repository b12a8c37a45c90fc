package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"taizhang/app/words"
)

// commands lists the subcommands in the order that help shows them.
func commands() []command {
	return []command{
		{"init", "--district NAME [--unit NAME] [--desk NAME]", runInit},
		{"sample", "FILE", runSample},
		{"generate", "--entries N [--seed N]", runGenerate},
		{"record", "publicity|site|reserve|inspection|problem|cases ...", runRecord},
		{"correct", "ID ... [--reason TEXT]", runCorrect},
		{"void", "ID --reason TEXT", runVoid},
		{"rectify", "ID --text TEXT", runRectify},
		{"close", "ID --evidence TEXT --second NAME", runClose},
		{"history", "ID", runHistory},
		{"figures", "[--from DAY] [--to DAY] [--unit UNIT]", runFigures},
		{"list", "publicity|sites|inspections|problems|batches [--from DAY] [--to DAY] [--unit UNIT] [--voided]", runList},
		{"intake", "FILE [--accept] [--unit UNIT] [--date DAY] [--again] [--new-items] [--sheet NAME] [--good-rows] [--marked OUT.xlsx]", runIntake},
		{"template", "publicity|reserve|inspections OUT.xlsx [--force]", runTemplate},
		{"export", "FILE.xlsx [--force]", runExport},
		{"backup", "FILE", runBackup},
		{"restore", "FILE", runRestore},
		{"verify", "", runVerify},
		{"card", "[--out FILE]", runCard},
		{"pair", "CARD [--name NAME] [--scope own|all]", runPair},
		{"unpair", "PEER", runUnpair},
		{"peers", "", runPeers},
		{"wall", "[--screen N|NAME] [--page PAGE] [--every 20s]", runWall},
		{"handoff", "export|inspect|merge|receipts|clashes|resolve|log|undo ...", runHandoff},
		{"version", "", runVersion},
		{"help", "[COMMAND]", runHelp},
	}
}

func commandNamed(name string) (command, bool) {
	list := commands()
	i := slices.IndexFunc(list, func(c command) bool { return c.name == name })
	if i < 0 {
		return command{}, false
	}
	return list[i], true
}

// recordSyntax are the flags of record and correct, by kind.
var recordSyntax = []string{
	"record publicity --unit UNIT --item ITEM --date DAY --quantity QUANTITY [--note TEXT]",
	"record site --site NAME --plan 1|2 [--rooms N]",
	"record reserve --site NAME --rooms N --occupied N --cleaning N --unavailable N [--at TIME] [--note TEXT]",
	"record inspection --unit UNIT --date DAY --form 明察|暗访|专项 --visits N --problems N --directives N [--note TEXT]",
	"record problem --inspection ID [--unit UNIT] --text TEXT --directive TEXT --deadline DAY",
	"record cases --count N [--at TIME] [--note TEXT]",
}

func runHelp(_ context.Context, p *program, args []string) error {
	rest, err := p.parse(p.flags("help"), args)
	if err != nil {
		return err
	}
	if len(rest) == 0 {
		return p.help()
	}
	c, ok := commandNamed(rest[0])
	if !ok {
		return usage("usage.command", "name", rest[0])
	}
	fmt.Fprintf(p.stdout, "taizhang %s %s\n    %s\n", c.name, c.syntax, words.T("command."+c.name))
	if c.name == "record" || c.name == "correct" {
		for _, line := range recordSyntax {
			fmt.Fprintf(p.stdout, "    taizhang %s\n", line)
		}
	}
	if c.name == "handoff" {
		for _, sub := range handoffCommands() {
			fmt.Fprintf(p.stdout, "    taizhang handoff %s\n", strings.TrimSpace(sub.name+" "+sub.syntax))
		}
	}
	fmt.Fprintf(p.stdout, "\n%s\n", words.T("help.flags"))
	return nil
}

func (p *program) help() error {
	fmt.Fprintf(p.stdout, "%s\n\n", words.T("help.intro"))
	for _, c := range commands() {
		fmt.Fprintf(p.stdout, "  taizhang %-9s %s\n", c.name, words.T("command."+c.name))
	}
	fmt.Fprintf(p.stdout, "\n%s\n%s\n", words.T("help.flags"), words.T("help.environment"))
	return nil
}
