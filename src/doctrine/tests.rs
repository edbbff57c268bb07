use super::*;

#[test]
fn every_fault_is_refused_with_its_place() {
    let good = include_str!("default.toml");
    assert_eq!(Doctrine::from_toml(good).unwrap(), Doctrine::default());
    for (was, becomes, expected) in [
        (
            "C = { lower = 0.60",
            "C = { lower = 0.75",
            "reliability.C.lower: expected C to be worth no more than B",
        ),
        (
            "central = 0.75, upper = 0.80",
            "central = 0.95, upper = 0.80",
            "credibility.2: expected lower <= central <= upper",
        ),
        (
            "A = { lower = 0.85, central = 0.90, upper = 0.95",
            "A = { lower = 0.85, central = 0.90, upper = 1.0",
            "reliability.A.upper: expected a number above 0 and below 1",
        ),
        (
            "direct = 1.0",
            "direct = 1.5",
            "relevance.direct: expected a number from 0 to 1, found 1.5",
        ),
        (
            "F = { lower = 0.50, central = 0.50, upper = 0.80",
            "F = { lower = 0.50, central = 0.60, upper = 0.80",
            "reliability.F.central: F is ignorance",
        ),
        ("6 = { lower = 0.50", "6 = { lower = 0.40", "credibility.6.lower: 6 is ignorance"),
        ("leak               =", "leek               =", "channels.leek: expected one of"),
        (
            "caps = [0.2, 0.6",
            "caps = [0.7, 0.6",
            "origins.caps[1]: expected more origins to allow no less",
        ),
        ("[0.0, \"negligible\"], ", "", "bands: expected bands that begin at 0.0"),
        (
            "rho = 0.7",
            "rho = nan",
            "channels.unattributed.rho: expected a finite number, found nan",
        ),
        (
            "verified = 1.00, partial = 1.00, unverified = 1.00",
            "verified = 0.10, partial = 1.00, unverified = 1.00",
            "channels.first-hand.partial: expected partial to be worth no more",
        ),
    ] {
        assert!(good.contains(was), "{was}");
        let problems = Doctrine::from_toml(&good.replacen(was, becomes, 1)).unwrap_err();
        let listed = problems.to_string();
        assert!(listed.contains(expected), "{listed}\n  lacks\n{expected}");
        assert!(problems.iter().all(|problem| problem.place.is_some()), "{listed}");
    }
}

#[test]
fn a_missing_channel_is_named() {
    let good = include_str!("default.toml");
    let without: Vec<&str> = good.lines().filter(|line| !line.starts_with("leak")).collect();
    let listed = Doctrine::from_toml(&without.join("\n")).unwrap_err().to_string();
    assert!(listed.contains("found none for leak"), "{listed}");
}
