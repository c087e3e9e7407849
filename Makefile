# Thin calls: what each does is in xtask/src/. `cargo xtask` lists the rest.

.PHONY: demo test bench fmt clean

demo:
	@cargo xtask demo

test:
	@cargo xtask ci

bench:
	@cargo xtask bench

fmt:
	@cargo fmt --all

clean:
	@cargo clean
	@rm -rf web/dist web/node_modules e2e/node_modules e2e/results
