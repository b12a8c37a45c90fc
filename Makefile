# Everything starts here: `make` lists what there is.

# A Go unpacked as go.dev says is found even where PATH does not name it yet.
export PATH := $(PATH):/usr/local/go/bin
# SQLite and the window are C.
export CGO_ENABLED := 1

# x11: on Wayland GLFW has no input methods. migrated_fynedo drops Fyne's checks for calls
# from the wrong thread, which only development wants.
# git is not asked for a version (that is in app/version.go): a tree without .git builds too.
develop := -tags x11 -buildvcs=false
release := -tags "x11 migrated_fynedo" -buildvcs=false -trimpath -ldflags "-s -w"
ARGS    ?=

.DEFAULT_GOAL := help
.PHONY: help run build test bench soak lint clean

help: ## list these targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "%-14s %s\n", $$1, $$2 }'

run: ## install what is missing, build, open the window; ARGS="--ledger FILE" names another ledger
	@.ci/need build
	@test -x dist/dev/taizhang || echo "Building; the first time takes some minutes."
	@go build $(develop) -o dist/dev/taizhang ./app
	@dist/dev/taizhang $(ARGS)

build: ## build the program to be given away: dist/taizhang
	@.ci/need build
	go build $(release) -o dist/taizhang ./app

test: ## install what is missing, run every test
	@.ci/need build test
	@.ci/test

bench: ## measure, in ratios, what README.md states
	@.ci/need build test
	@.ci/bench

soak: ## show the wall for a month at 1000 times the speed (45 minutes)
	@.ci/need build test
	@.ci/soak

lint: ## gofmt, go vet and staticcheck
	@.ci/need build
	@.ci/lint

clean: ## remove what was built
	rm -rf dist
