//! The page on guidelines is run as it is written.

use super::{at, attendu, blocks, read, words};

#[test]
fn the_commands_print_what_is_shown() {
    let page = read(at("docs/guidelines.md"));
    let mut commands = 0;
    for block in blocks(&page) {
        let Some(rest) = block.text.strip_prefix("$ attendu ") else {
            continue;
        };
        let (line, shown) = rest.split_once('\n').unwrap();
        // The answer may be "no", which ends with 1.
        let output = attendu(&block.path).args(words(line)).output().unwrap();
        let found = String::from_utf8(output.stdout).unwrap();
        assert_eq!(found, shown, "docs/guidelines.md:{}: {line}", block.line);
        commands += 1;
    }
    assert_eq!(commands, 5);
}
