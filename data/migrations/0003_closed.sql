-- What was closed today is found from the newest end of each desk's chain.
CREATE INDEX problem_closed ON problem (coalesce(rev, id)) WHERE state = 3 AND void = 0;
