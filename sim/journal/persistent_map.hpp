// An ordered map of which a copy costs nothing: copies share all that they have in common.
//
// A B+ tree of shared nodes. Whoever changes a copy makes new the few nodes on the way from the
// root to the change, and only those that somebody else holds too; a map that is held once is
// changed in place. Values are small, or share themselves.
#pragma once

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <functional>
#include <iterator>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace mailwalk::journal {

template <class Key, class Value, class Less = std::less<Key>>
class PersistentMap {
 public:
  struct Entry {
    Key key;
    Value value;
  };

  [[nodiscard]] std::size_t size() const { return root_ ? root_->size : 0; }
  [[nodiscard]] bool empty() const { return size() == 0; }

  // nullptr if it is not there. Good until the map is changed.
  [[nodiscard]] const Value* find(const Key& key) const {
    const Node* node = root_.get();
    if (node == nullptr) return nullptr;
    while (!node->children.empty()) node = node->children[child_for(*node, key)].node.get();
    const std::size_t at = entry_for(*node, key);
    return is_at(*node, at, key) ? &node->entries[at].value : nullptr;
  }
  [[nodiscard]] bool contains(const Key& key) const { return find(key) != nullptr; }

  // The value, to be changed; nullptr if it is not there. Good until the map is changed or copied.
  Value* edit(const Key& key) {
    if (!contains(key)) return nullptr;
    Node* node = &owned(root_);
    while (!node->children.empty()) node = &owned(node->children[child_for(*node, key)].node);
    return &node->entries[entry_for(*node, key)].value;
  }

  // Takes the place of a value that is there.
  void set(Key key, Value value) {
    if (Value* there = edit(key)) {
      *there = std::move(value);
      return;
    }
    if (!root_) root_ = std::make_shared<Node>();
    std::optional<Child> right = insert(root_, {std::move(key), std::move(value)});
    if (!right) return;
    auto root = std::make_shared<Node>();
    root->size = root_->size + right->node->size;
    root->children.push_back({low(*root_), root_});
    root->children.push_back(std::move(*right));
    root_ = std::move(root);
  }

  // False: it is not there.
  bool erase(const Key& key) {
    if (!contains(key)) return false;
    erase(root_, key);
    while (root_->children.size() == 1) root_ = NodePtr(root_->children.front().node);
    if (root_->size == 0) root_.reset();
    return true;
  }

  // How many keys are less than this one.
  [[nodiscard]] std::size_t rank(const Key& key) const {
    const Node* node = root_.get();
    if (node == nullptr) return 0;
    std::size_t before = 0;
    while (!node->children.empty()) {
      const std::size_t at = child_for(*node, key);
      for (std::size_t i = 0; i < at; ++i) before += node->children[i].node->size;
      node = node->children[at].node.get();
    }
    return before + entry_for(*node, key);
  }

 private:
  // Enough for short ways, few enough that making one node new is cheap.
  static constexpr std::size_t kFanout = 16;

  struct Node;
  using NodePtr = std::shared_ptr<Node>;
  struct Child {
    Key low;  // no key below it is less; of the first child it means nothing
    NodePtr node;
  };
  struct Node {
    std::size_t size = 0;         // entries in it and below it
    std::vector<Entry> entries;   // of a leaf, by key
    std::vector<Child> children;  // of an inner node: at least one
  };

 public:
  // By key. Good until the map is changed.
  class Iterator {
   public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = Entry;
    using difference_type = std::ptrdiff_t;
    using pointer = const Entry*;
    using reference = const Entry&;

    Iterator() = default;
    const Entry& operator*() const { return leaf_->entries[in_leaf_]; }
    const Entry* operator->() const { return &**this; }
    Iterator& operator++() {
      ++rank_;
      if (++in_leaf_ == leaf_->entries.size()) descend();
      return *this;
    }
    Iterator operator++(int) {
      Iterator before = *this;
      ++*this;
      return before;
    }
    friend bool operator==(const Iterator& a, const Iterator& b) { return a.rank_ == b.rank_; }

   private:
    friend class PersistentMap;
    Iterator(const Node* root, std::size_t rank) : root_(root), rank_(rank) { descend(); }

    void descend() {
      if (root_ == nullptr || rank_ >= root_->size) return;
      leaf_ = root_;
      in_leaf_ = rank_;
      while (!leaf_->children.empty()) {
        auto child = leaf_->children.begin();
        for (; in_leaf_ >= child->node->size; ++child) in_leaf_ -= child->node->size;
        leaf_ = child->node.get();
      }
    }

    const Node* root_ = nullptr;
    const Node* leaf_ = nullptr;
    std::size_t in_leaf_ = 0;
    std::size_t rank_ = 0;
  };
  [[nodiscard]] Iterator begin() const { return {root_.get(), 0}; }
  [[nodiscard]] Iterator end() const { return {root_.get(), size()}; }
  // The first entry whose key is not less.
  [[nodiscard]] Iterator lower_bound(const Key& key) const { return at_rank(rank(key)); }
  // The entry before which `rank` others stand; end() if there are not so many.
  [[nodiscard]] Iterator at_rank(std::size_t rank) const {
    return {root_.get(), std::min(rank, size())};
  }
  // REQUIRES that it is not empty.
  [[nodiscard]] const Entry& back() const { return *at_rank(size() - 1); }

 private:
  static bool less(const Key& a, const Key& b) { return Less{}(a, b); }

  static std::size_t child_for(const Node& node, const Key& key) {
    const auto after =
        std::upper_bound(node.children.begin() + 1, node.children.end(), key,
                         [](const Key& k, const Child& c) { return less(k, c.low); });
    return static_cast<std::size_t>(after - node.children.begin()) - 1;
  }
  static std::size_t entry_for(const Node& node, const Key& key) {
    const auto at = std::lower_bound(node.entries.begin(), node.entries.end(), key,
                                     [](const Entry& e, const Key& k) { return less(e.key, k); });
    return static_cast<std::size_t>(at - node.entries.begin());
  }
  static bool is_at(const Node& node, std::size_t at, const Key& key) {
    return at < node.entries.size() && !less(key, node.entries[at].key);
  }
  static const Key& low(const Node& node) {
    return node.children.empty() ? node.entries.front().key : node.children.front().low;
  }

  // A node that nobody else holds. Its way from the root must be owned before it.
  static Node& owned(NodePtr& node) {
    if (node.use_count() > 1) node = std::make_shared<Node>(*node);
    return *node;
  }

  // REQUIRES that the key is not there. Returns what had to be split off to the right.
  static std::optional<Child> insert(NodePtr& shared, Entry entry) {
    Node& node = owned(shared);
    ++node.size;
    if (node.children.empty()) {
      const std::size_t at = entry_for(node, entry.key);
      node.entries.insert(node.entries.begin() + static_cast<std::ptrdiff_t>(at), std::move(entry));
      return split(node, &Node::entries, at);
    }
    const std::size_t at = child_for(node, entry.key);
    std::optional<Child> right = insert(node.children[at].node, std::move(entry));
    if (!right) return std::nullopt;
    node.children.insert(node.children.begin() + static_cast<std::ptrdiff_t>(at + 1),
                         std::move(*right));
    return split(node, &Node::children, at + 1);
  }

  // Where entries are only ever added at the end, the nodes that are left behind stay full.
  template <class Item>
  static std::optional<Child> split(Node& node, std::vector<Item> Node::*items, std::size_t added) {
    std::vector<Item>& all = node.*items;
    if (all.size() <= kFanout) return std::nullopt;
    const std::size_t kept = added == kFanout ? kFanout : all.size() / 2;
    const auto first = all.begin() + static_cast<std::ptrdiff_t>(kept);
    auto right = std::make_shared<Node>();
    (*right.*items).assign(std::make_move_iterator(first), std::make_move_iterator(all.end()));
    all.erase(first, all.end());
    right->size = count(*right);
    node.size -= right->size;
    return Child{low(*right), right};
  }
  static std::size_t count(const Node& node) {
    std::size_t size = node.entries.size();
    for (const Child& child : node.children) size += child.node->size;
    return size;
  }

  // REQUIRES that the key is there. Nodes may get thin, but not empty.
  static void erase(NodePtr& shared, const Key& key) {
    Node& node = owned(shared);
    --node.size;
    if (node.children.empty()) {
      node.entries.erase(node.entries.begin() + static_cast<std::ptrdiff_t>(entry_for(node, key)));
      return;
    }
    const std::size_t at = child_for(node, key);
    erase(node.children[at].node, key);
    if (node.children[at].node->size == 0) {
      node.children.erase(node.children.begin() + static_cast<std::ptrdiff_t>(at));
    }
  }

  NodePtr root_;
};

}  // namespace mailwalk::journal
