"""Who is near whom, who opens doors, who is isolated. Measures are rustworkx's; here they take and give our names."""

from collections import deque

import rustworkx as rx

from .model import Graph


def simple_graph(graph: Graph) -> rx.PyGraph:
    """As rustworkx wants it: one edge a tie; the index of a node is its place in `graph.ids`."""
    simple = rx.PyGraph(multigraph=False)
    simple.add_nodes_from(graph.ids)
    simple.add_edges_from_no_data(graph.ends)
    return simple


def distances(graph: Graph, origin: str) -> dict[str, int]:
    """How many steps from `origin` to each node that a path reaches (0 for itself).

    A category is reached, but leads nowhere: two actors tied to « les citoyens » are not tied to each other.
    """
    near = graph.neighbours
    found = {origin: 0}
    queue = deque([origin])
    while queue:
        node = queue.popleft()
        if graph.nodes[node].is_category and node != origin:
            continue
        for other in near[node]:
            if other not in found:
                found[other] = found[node] + 1
                queue.append(other)
    return found


def shortest_paths(graph: Graph, origin: str, goal: str, limit: int = 3) -> list[list[str]]:
    """The shortest chains from `origin` to `goal`, at most `limit`, in the order of their names; empty without one."""
    simple, ids = simple_graph(graph), graph.ids
    if origin not in graph.nodes or goal not in graph.nodes or origin == goal:
        return []
    paths = rx.all_shortest_paths(simple, ids.index(origin), ids.index(goal))
    return sorted([ids[i] for i in path] for path in paths)[:limit]


def betweenness(graph: Graph) -> dict[str, float]:
    """For each node, the share (0 to 1) of shortest paths between two others that pass through it (Freeman, 1977)."""
    found = rx.betweenness_centrality(simple_graph(graph), normalized=True)
    return {graph.ids[i]: value for i, value in found.items()}


def articulation_points(graph: Graph) -> set[str]:
    """Nodes without which a part of the graph would be cut off from the rest."""
    return {graph.ids[i] for i in rx.articulation_points(simple_graph(graph))}


def components(graph: Graph) -> list[set[str]]:
    """The parts that no path ties together, the largest first; an isolated node is a part of its own."""
    parts = [{graph.ids[i] for i in part} for part in rx.connected_components(simple_graph(graph))]
    return sorted(parts, key=lambda part: (-len(part), min(part)))
