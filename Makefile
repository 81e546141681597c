# Everything does its own set-up. Wanted on the machine: python3 (3.11 to 3.14) and make.
PYTHON ?= python3
export PORT ARGS

.PHONY: run test quick soak check format lock messages demo worker bench screenshots help

help:      ## list the targets
	@grep -E '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed 's/: *## /\t/'
run:       ## serve the site and do its jobs (PORT=8000)
	@$(PYTHON) .ci/serve.py
test:      ## the whole suite: SQLite with browsers, then PostgreSQL and Redis
	@$(PYTHON) .ci/test.py all
quick:     ## rules, actions and views on SQLite
	@$(PYTHON) .ci/test.py quick
soak:      ## long property, load and crash tests
	@$(PYTHON) .ci/test.py soak
check:     ## style, types, imports, migrations, words
	@$(PYTHON) .ci/check.py
format:    ## put the code into the house's form
	@$(PYTHON) .ci/check.py format
lock:      ## compile requirements/*.in into locked, hashed requirements/*.txt
	@$(PYTHON) .ci/lock.py
messages:  ## gather the words for translation and compile them
	@$(PYTHON) .ci/project.py .ci/catalogues.py gather
demo:      ## build the sample content (safe to repeat)
	@$(PYTHON) .ci/project.py manage.py demo
worker:    ## do background jobs, where "make run" does not
	@$(PYTHON) .ci/project.py manage.py work
bench:     ## measure speed and print the table
	@$(PYTHON) .ci/project.py -m tests.benchmarks $(ARGS)
screenshots: ## take the pictures of the main screens anew
	@$(PYTHON) .ci/project.py -m tests.screenshots
